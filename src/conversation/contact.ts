import type { PersonId } from '../domain/events/trail.ts';

/** Who says something, from where: the channel's word for it, never a card's (house rule 2). */
export type Contact = {
  person: PersonId;
  /** The person's first name, or nothing where Teams gives none. */
  firstName: string;
  name: string;
  /** The id that Teams lists the person by in a card's `refresh`. */
  teamsId: string;
  /** A chat of this person and the bot alone; in any other, details are for nobody's eyes. */
  personal: boolean;
  /** In Teams itself, which draws charts, and not in another of the Bot Framework's channels. */
  inTeams: boolean;
  /** The conversation reference, in ids only, with which the bot reaches this chat later. */
  conversation: object;
};
