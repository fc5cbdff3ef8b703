/** Whether this browser has been through the tour, or does not want it. */
const KEY = 'netloom.tour';

/** Query of the address of a document that opens with the tour. */
export const TOUR_QUERY = 'tour';

export function tourIsOver(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true; // storage is closed: nothing would be remembered
  }
}

export function endTour(): void {
  try {
    localStorage.setItem(KEY, new Date().toISOString());
  } catch {
    // A private window asks again next time.
  }
}
