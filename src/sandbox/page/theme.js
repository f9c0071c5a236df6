/** The theme that somebody chose, or else the system's own, set before anything is drawn: Teams has these three. */
(() => {
  const KEPT = 'theme';
  const systems = () => {
    if (matchMedia('(prefers-contrast: more)').matches || matchMedia('(forced-colors: active)').matches) return 'contrast';
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  };
  const show = () => {
    document.documentElement.dataset.theme = localStorage.getItem(KEPT) ?? systems();
  };
  show();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  document.addEventListener('DOMContentLoaded', () => {
    const select = document.getElementById('theme');
    select.value = localStorage.getItem(KEPT) ?? '';
    select.addEventListener('change', () => {
      if (select.value === '') localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, select.value);
      show();
    });
  });
})();
