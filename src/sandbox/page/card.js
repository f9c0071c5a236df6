/* global AdaptiveCards */
import { hostConfig } from './hostConfig.js';
import { markdown } from './markdown.js';

/**
 * A card as an element. `onPress` gets a pressed button's `{ type, verb, data }`, data and inputs together as Teams would send them; the
 * library has checked the required inputs before that.
 */
export function renderCard(json, onPress) {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown(text);
    result.didProcess = true;
  };
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  card.onExecuteAction = (action) => {
    const type = action.getJsonTypeName();
    if (type === 'Action.OpenUrl') window.open(action.url, '_blank', 'noopener');
    else if (type === 'Action.Execute' || type === 'Action.Submit') onPress({ type, verb: action.verb, data: action.data ?? {} });
  };
  card.parse(json);
  return card.render() ?? document.createTextNode('This card cannot be shown.');
}
