import { expect, test } from '@jest/globals';
import { libraryFaults } from './cardModel.ts';
import { schemaFaults } from './wellFormed.ts';

const card = (element: object) => ({ type: 'AdaptiveCard', version: '1.5', body: [element] });
const text = { type: 'TextBlock', text: 'To be decided', wrap: true };
const press = { type: 'Action.Execute', title: 'Decide', verb: 'decide', data: { reference: 'DIS-27-004' } };

test.each<[string, object, string]>([
  ['an unknown type', { type: 'Wrong' }, 'Unknown element type "Wrong".'],
  ['a misspelt property', { ...text, wrapped: true }, '/body/0 TextBlock has no property "wrapped"'],
  ['a property of a later version', { type: 'Input.Text', id: 'a', label: 'Reasons', labelWidth: '20' }, 'labelWidth'],
  ['a value that is not in the list', { ...text, size: 'Huge' }, 'Invalid value "Huge" for property "size".'],
  ['a text where a switch belongs', { ...text, wrap: 'yes' }, 'TextBlock has a string as its "wrap"'],
  ['a number where a text belongs', { ...text, text: 3 }, 'TextBlock has a number as its "text"'],
  [
    'a fault inside a column',
    { type: 'ColumnSet', columns: [{ type: 'Column', widht: 'auto', items: [text] }] },
    '/body/0/columns/0 Column has no property "widht"',
  ],
  [
    'a fault in a list of facts',
    { type: 'FactSet', facts: [{ title: 'Chair', value: 'Yasmin Copperfold', colour: 'red' }] },
    '/body/0/facts/0  has no property "colour"',
  ],
  ['a fault in a button', { type: 'ActionSet', actions: [{ ...press, confirm: true }] }, 'Action.Execute has no property "confirm"'],
  [
    'a fault in what an old client draws',
    { type: 'ActionSet', actions: [{ ...press, fallback: { type: 'Action.Submit', titel: 'Decide' } }] },
    'Action.Submit has no property "titel"',
  ],
])("design 5: Microsoft's model of a card, which comes with the project, finds %s", (_, element, fault) => {
  expect(libraryFaults(card(element)).join('\n')).toContain(fault);
});

test("design 5: a sound card has no faults, in Microsoft's model as in its schema", () => {
  const button = { ...press, fallback: { ...press, type: 'Action.Submit', verb: undefined } };
  const sound = card({ type: 'Container', items: [text, { type: 'ActionSet', actions: [JSON.parse(JSON.stringify(button))] }] });
  expect([...libraryFaults(sound), ...schemaFaults(sound)]).toEqual([]);
});
