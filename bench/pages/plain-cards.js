/* global document */
// As many boxes with as much text as the widget has cards, and nothing that moves: what the browser takes to scroll at all.
for (let index = 0; index < 200; index++) {
  const card = document.body.appendChild(document.createElement('section'));
  card.style.setProperty('margin', '8px');
  card.style.setProperty('background', '#f5f7fa');
  for (let line = 0; line < 10; line++) {
    card.appendChild(document.createElement('p')).textContent = `Connection ${index + 1}, line ${line + 1}`;
  }
}
document.documentElement.dataset.started = 'yes';
