/** A signal as the rule sees it. */
interface SignalOfYouth {
  youthId: string;
}

/**
 * Says which signals of somebody who leaves go to a colleague, and which end: all end without a colleague; those on a youth on whom the
 * colleague has a signal already end as well, since a professional has one signal on a youth.
 * @param theirs the colleague's own signals; undefined when nobody takes over
 * @source Jeugdwet 7.1.3.3, 7.1.4.2 lid 1
 */
export function handedOver<Given extends SignalOfYouth>(
  signals: readonly Given[],
  theirs: readonly SignalOfYouth[] | undefined,
): { over: Given[]; ending: Given[] } {
  const goes = ({ youthId }: Given) =>
    theirs !== undefined && !theirs.some((signal) => signal.youthId === youthId);
  return { over: signals.filter(goes), ending: signals.filter((signal) => !goes(signal)) };
}
