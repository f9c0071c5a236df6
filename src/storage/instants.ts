/** An instant as the database keeps it: to the millisecond. */
export function storedInstant(at: Temporal.Instant): Date {
  return new Date(at.epochMilliseconds);
}

/** A stored instant as the domain writes it: ISO, UTC, `2027-01-12T15:10:00Z`; one that is none stays as it reads. */
export function instantText(at: Date): string {
  const milliseconds = at.getTime();
  return Number.isNaN(milliseconds) ? String(at) : Temporal.Instant.fromEpochMilliseconds(milliseconds).toString();
}
