const foreground = (standard, subtle = 'var(--quiet)') => ({ default: standard, subtle });

/** Every colour is the theme's own (`themes.css`), so that a card follows the theme while it stands. */
const colours = {
  default: foreground('var(--words)'),
  accent: foreground('var(--accent)', 'var(--accent)'),
  good: foreground('var(--good)', 'var(--good)'),
  warning: foreground('var(--warning)', 'var(--warning)'),
  attention: foreground('var(--fault)', 'var(--fault)'),
  light: foreground('var(--quiet)'),
  dark: foreground('var(--words)'),
};

const container = (backgroundColor, borderColor = 'transparent') => ({ backgroundColor, borderColor, foregroundColors: colours });

/** How Teams draws a card, in whichever theme. Headings are under the page's own heading. */
export const hostConfig = {
  fontFamily: "'Segoe UI', 'Segoe UI Web', system-ui, -apple-system, 'Helvetica Neue', sans-serif",
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  supportsInteractivity: true,
  containerStyles: {
    default: container('var(--surface)'),
    emphasis: container('var(--ground)'),
    accent: container('var(--accent-soft)'),
    good: container('var(--good-soft)'),
    warning: container('var(--warning-soft)'),
    attention: container('var(--fault-soft)'),
  },
  textBlock: { headingLevel: 2 },
  textStyles: { heading: { size: 'large', weight: 'bolder' }, columnHeader: { weight: 'bolder' } },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', weight: 'bolder' },
  },
  factSet: {
    title: { color: 'default', size: 'default', weight: 'bolder', wrap: true, maxWidth: 160 },
    value: { wrap: true },
    spacing: 16,
  },
};
