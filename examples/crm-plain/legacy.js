// Page-wide functions from the first Meridian release, kept because add-ons of our customers call them.

Array.prototype.remove = function (item) {
  const index = this.indexOf(item);
  if (index >= 0) this.splice(index, 1);
  return this;
};

String.prototype.format = function (...values) {
  return this.replace(/\{(\d+)\}/g, (placeholder, index) => values[index] ?? placeholder);
};

window.$ = (id) => document.getElementById(id);
