/** What an alarm is called, what it means and what to do about it. */
export interface AlarmText {
  title: string;
  means: string;
  todo: string;
  /** What its count counts, when it says something. */
  unit?: string;
}
