/* global AdaptiveCards */
import { dateField, fieldDate, readDate } from './britishDate.js';
import { make } from './elements.js';
import { hostConfig } from './hostConfig.js';
import { markdown } from './markdown.js';

/** `Input.Date` as Teams has it for people in Britain. */
class BritishDateInput extends AdaptiveCards.DateInput {
  internalRender() {
    this.box = make('input', { class: 'ac-input ac-dateInput' });
    this.box.value = fieldDate(this.defaultValue);
    this.box.style.width = '100%';
    this.said = make('span', { class: 'said', 'aria-live': 'polite' });
    dateField(this.box, this.said, () => this.valueChanged());
    return this.box;
  }

  overrideInternalRender() {
    const element = super.overrideInternalRender();
    element?.append(this.said);
    return element;
  }

  get value() {
    return this.box ? (readDate(this.box.value) ?? '') : undefined;
  }

  isSet() {
    return Boolean(this.box && this.box.value.trim() !== '');
  }

  isValid() {
    return this.isSet() ? readDate(this.box.value) !== null : !this.isRequired;
  }
}
AdaptiveCards.GlobalRegistry.elements.register('Input.Date', BritishDateInput);

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
  // What the button says of it, the library says of the part that opens too, where it means nothing.
  card.onElementVisibilityChanged = ({ renderedElement }) => queueMicrotask(() => renderedElement?.removeAttribute('aria-expanded'));
  card.parse(json);
  const element = card.render();
  return element ? readable(element) : document.createTextNode('This card cannot be shown.');
}

/** What the library leaves out for those who hear a card: that parts of it are under its title, and which group a choice belongs to. */
function readable(element) {
  const [, ...parts] = element.querySelectorAll('[role=heading]');
  for (const part of parts) part.setAttribute('aria-level', '3');
  for (const group of element.querySelectorAll('.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect'))
    if (!group.getAttribute('role')) group.setAttribute('role', 'group');
  return element;
}

/** Where somebody begins who fills in the form on a card: its first field that can be seen; null on a card without one. */
export function firstField(element) {
  const fields = [...element.querySelectorAll('input, textarea, select')];
  return fields.find((field) => field.getClientRects().length > 0 && !field.disabled) ?? null;
}
