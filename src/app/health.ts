/** What a look at something that has to be right found: `well`; a `warning`, with which the program works but not for everybody or not for ever; or a `fault`. */
export type Found = { state: 'well'; says: string } | { state: 'warning' | 'fault'; says: string; cure: string };

/** What a look found, by the name of what it looked at (OP1). */
export type Finding = Found & { look: string };

/** Looks at everything that the program stands on, and changes nothing. */
export type LookAtHealth = () => Promise<Finding[]>;
