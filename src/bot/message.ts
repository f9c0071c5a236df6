import type { Activity, TurnContext } from 'botbuilder';
import { OutsideFault } from '../app/faults.ts';
import type { Chat } from '../app/ports.ts';
import { answer } from '../conversation/answer.ts';
import { answerInGroup } from '../conversation/group.ts';
import { press } from '../conversation/press.ts';
import { formGone, keepStanding, type Shown, type TurnDependencies } from '../conversation/shown.ts';
import { readWords } from '../conversation/words.ts';
import { cardMessage } from './chat.ts';
import type { Contact } from './contactOf.ts';

/** Answers a typed message, or a button that came as one (`Action.Submit`, for clients that know no other). Never silent. */
export async function answerMessage(deps: TurnDependencies, chat: Chat, context: TurnContext, contact: Contact): Promise<void> {
  const { activity } = context;
  const pressed = typeof activity.value === 'object' && activity.value !== null;
  const asked = readWords(activity.text ?? '');
  if (!contact.personal) return answerInGroup(deps, chat, context, contact, pressed ? { value: activity.value } : asked);
  const shown = pressed ? await press(deps, contact, activity.value, activity.replyToId) : await answer(deps, contact, asked);
  if (pressed) await formGone(deps, contact, activity.replyToId);
  const activityId =
    (pressed && (await replaced(context, activity, shown))) || (await context.sendActivity(cardMessage(shown.card, shown.summary)))?.id;
  await keepStanding(deps, shown, contact, activityId, true);
}

/** Puts the new card where the pressed one is; answers its id, or null where the channel cannot, and it has to be sent anew. */
async function replaced(context: TurnContext, { replyToId }: Activity, { card, summary }: Shown): Promise<string | null> {
  if (!replyToId) return null;
  try {
    await context.updateActivity({ ...cardMessage(card, summary), id: replyToId });
    return replyToId;
  } catch (fault) {
    if (fault instanceof OutsideFault) return null;
    throw fault;
  }
}
