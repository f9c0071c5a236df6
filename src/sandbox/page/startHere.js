/** Whom to be first, in the order of a case's way, and what that person then does. */
export const START_HERE = [
  { id: 'community-paediatrician', does: 'says "raise dissent" and fills in the form' },
  { id: 'chair', does: 'records it and refers it' },
  { id: 'service-manager', does: 'decides, and approves the letter' },
  { id: 'head-of-service', does: 'reviews what was upheld' },
  { id: 'administrator', does: 'sees to what is left to tell, file and book' },
  { id: 'social-worker', does: 'tells the parents, once the administrator names them' },
];
