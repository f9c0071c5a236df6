const foreground = (standard, subtle) => ({ default: standard, subtle });

const colours = {
  default: foreground('#242424', '#616161'),
  accent: foreground('#4f52b2', '#5b5fc7'),
  good: foreground('#13602f', '#237b4b'),
  warning: foreground('#6d4300', '#835b00'),
  attention: foreground('#a4262c', '#c4314b'),
  light: foreground('#ffffff', '#f5f5f5'),
  dark: foreground('#242424', '#616161'),
};

const container = (backgroundColor, borderColor = '#00000000') => ({ backgroundColor, borderColor, foregroundColors: colours });

/** How Teams' light theme draws a card. */
export const hostConfig = {
  fontFamily: "'Segoe UI', 'Segoe UI Web', system-ui, -apple-system, 'Helvetica Neue', sans-serif",
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  supportsInteractivity: true,
  containerStyles: {
    default: container('#ffffff'),
    emphasis: container('#f5f5f5'),
    accent: container('#e8ebfa'),
    good: container('#e7f2da'),
    warning: container('#fbf6d9'),
    attention: container('#fcebee'),
  },
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
    label: { inputSpacing: 'small', requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' }, optionalInputs: { weight: 'bolder' } },
    errorMessage: { color: 'attention', weight: 'bolder' },
  },
  factSet: { title: { color: 'default', size: 'default', weight: 'bolder', wrap: true, maxWidth: 160 }, value: { wrap: true }, spacing: 16 },
};
