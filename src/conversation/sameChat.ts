/** Whether two conversation references are of one chat: Teams may move a chat to another service URL, but its id stays. */
export function sameChat(one: unknown, other: unknown): boolean {
  return chatId(one) === chatId(other);
}

const chatId = (reference: unknown) => (reference as { conversation?: { id?: string } } | null)?.conversation?.id;
