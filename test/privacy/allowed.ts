/** What may appear, channel by channel. Whatever is new must be added here, and looked at. */

/** Fields of the messages between regions and relay, by type. */
const MESSAGE_FIELDS: Record<string, string[]> = {
  'tag.put': ['epoch', 'handle', 'tag'],
  'tag.delete': ['handle'],
  'tags.complete': ['tags'],
  'card.send': ['matchId', 'version', 'enc', 'ciphertext', 'toRegion'],
  'card.deliver': ['matchId', 'version', 'enc', 'ciphertext', 'fromRegion'],
  'receipt.send': ['matchId', 'version', 'outcome', 'toRegion'],
  'receipt.deliver': ['matchId', 'version', 'outcome', 'fromRegion'],
  'match.found': ['matchId', 'handle', 'peerRegion', 'epoch', 'sendFirst'],
  'match.closed': ['matchId'],
  confirm: ['incarnation', 'upTo', 'resendFrom'],
  hello: ['inIncarnation', 'inApplied'],
  heartbeat: [
    'softwareVersion',
    'queued',
    'oldestQueuedSeconds',
    'awaitingSecret',
    'liveHandles',
    'matches',
    'unansweredNotices',
    'unopenableCards',
    'clock',
  ],
};
export const BROKER_FIELDS = new Set(
  Object.entries(MESSAGE_FIELDS).flatMap(([type, fields]) => fields.map((field) => `${type} ${field}`)),
);

/** Fields of structured log lines: when, who, what happened; regions, kinds, counts, durations. */
export const LOG_FIELDS = new Set([
  ...[
    'level',
    'time',
    'program',
    'event',
    'context',
    'msg',
    'version',
    'port',
    'region',
    'regions',
    'keyHolder',
    'holder',
    'peer',
    'from',
    'to',
    'at',
  ],
  ...[
    'count',
    'dropped',
    'persons',
    'organisations',
    'professionals',
    'matches',
    'signals',
    'attempts',
    'epoch',
    'answered',
    'needed',
  ],
  ...[
    'kind',
    'kinds',
    'reason',
    'error',
    'step',
    'party',
    'because',
    'parentsCompared',
    'method',
    'route',
    'status',
    'ms',
  ],
]);

/** Lines of mails: fixed sentences, and contact details of professionals with their signal numbers. */
export const MAIL_LINES: RegExp[] = [
  /^$/,
  /^Beste [^\n]+,$/,
  /^Er is een match bij uw signaal (MN|JM|RM)-\d{4}-\d{6}\. Neem contact op met de andere betrokkenen\.$/,
  /^De match bij uw signaal (MN|JM|RM)-\d{4}-\d{6} is gewijzigd\. Hieronder staat wie er nu bij betrokken zijn\.$/,
  /^De match bij uw signaal (MN|JM|RM)-\d{4}-\d{6} is beëindigd: er is niemand anders meer bij betrokken\.$/,
  /^U hoeft niets te doen\.$/,
  /^Betrokken bij dezelfde jeugdige:$/,
  /^Betrokken bij een broer of zus \(het gaat om verschillende jeugdigen\):$/,
  /^- [^,]+, [^,]+, [^,]+$/,
  /^ {2}telefoon [0-9 -]+$/,
  /^ {2}e-mail [a-z.]+@[a-z.]+\.voorbeeld\.example$/,
  /^Matchregisseur:( dat bent u\.| de naam volgt in een volgend bericht\.)?$/,
  /^Volgens het convenant van (Verwijsindex Midden Nederland|JeugdMATCH|Verwijsindex Rijnmond) (gaat de regie naar dit soort organisatie|is dat de procesmanager, omdat geen van de betrokken organisaties de regie heeft)\.$/,
  /^De matchregisseur zorgt ervoor dat alle betrokkenen contact met elkaar krijgen\.$/,
  /^Bespreek pas inhoud als ten minste een van u toestemming heeft, of bij een conflict van plichten\.$/,
  /^(Verwijsindex Midden Nederland|JeugdMATCH|Verwijsindex Rijnmond)$/,
  /^Dit bericht is automatisch verstuurd en noemt geen reden van signalen: die staan nergens in de verwijsindex\.$/,
];

const columns = (tables: Record<string, string[]>): string[] =>
  Object.entries(tables)
    .flatMap(([table, names]) => names.map((name) => `${table}.${name}`))
    .sort();

/** What the relay can keep. */
export const RELAY_COLUMNS = columns({
  alarm: ['count', 'kind', 'last_at', 'party', 'since'],
  key_holder_status: ['epoch', 'key_holder', 'last_seen_at', 'up_since'],
  link: [
    'doubts',
    'failing_since',
    'failures',
    'in_applied',
    'in_incarnation',
    'last_heard_at',
    'last_success_at',
    'next_try_at',
    'out_confirmed',
    'out_incarnation',
    'out_next_seq',
    'peer',
    'restarts',
  ],
  login_attempt: ['browser_hash', 'code_verifier', 'created_at', 'nonce', 'return_to', 'state_hash'],
  login_session: ['created_at', 'id_hash', 'last_seen_at', 'subject'],
  match: ['epoch', 'found_at', 'handle_a', 'handle_b', 'match_id', 'region_a', 'region_b'],
  migrations: ['id', 'name', 'timestamp'],
  outbox_message: [
    'attempts',
    'body',
    'coalesce_key',
    'created_at',
    'id',
    'not_before',
    'peer',
    'sent_at',
    'seq',
    'type',
  ],
  region_status: [
    'awaiting_secret',
    'clock_skew_seconds',
    'last_seen_at',
    'live_handles',
    'matches',
    'oldest_queued_seconds',
    'queued',
    'region',
    'software_version',
    'unanswered_notices',
    'unopenable_cards',
  ],
  register_version: ['accepted_at', 'version'],
  rejected_message: ['at', 'bytes', 'id', 'peer', 'reason'],
  tag: ['arrival', 'epoch', 'handle', 'incarnation', 'n', 'peppered_tag', 'put_at', 'region'],
});

/** What a key holder can keep. */
export const KEY_HOLDER_COLUMNS = columns({
  epoch_key: [
    'epoch',
    'fault_holder',
    'fault_kind',
    'manifest',
    'share_sealed',
    'shares_for_others',
    'signatures',
    'stage',
    'state_sealed',
  ],
  evaluation_day: ['day', 'elements', 'region'],
  evaluation_request: ['content_hash', 'day', 'region', 'request_id'],
  migrations: ['id', 'name', 'timestamp'],
  region_register_copy: ['document', 'signature', 'version'],
});
