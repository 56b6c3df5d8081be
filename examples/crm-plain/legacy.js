// Page-wide functions from the first Meridian release, kept because add-ons of our customers call them.

Array.prototype.remove = function (item) {
  const index = this.indexOf(item);
  if (index >= 0) this.splice(index, 1);
  return this;
};

Object.prototype.extend = function (other) {
  for (const key of Object.keys(other)) this[key] = other[key];
  return this;
};

Array.prototype.each = function (work) {
  for (let index = 0; index < this.length; index++) work(this[index], index);
};

String.prototype.format = function (...values) {
  return this.replace(/\{(\d+)\}/g, (placeholder, index) => values[index] ?? placeholder);
};

window.$ = (id) => document.getElementById(id);
