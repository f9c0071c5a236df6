/** Told after each step: what it was, and what was wrong with what stands on the page then. */
export type Told = (step: string, faults: string[]) => void;
