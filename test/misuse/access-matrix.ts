/**
 * Who may what: every operation of the node, with the roles that are let in. Everybody else is told 403, and 401 without a session. `all` is
 * everybody with a designation, `open` also who is not logged in.
 */
export const NODE_ACCESS: Readonly<Record<string, string>> = {
  'get region': 'open',
  'get region/logo': 'open',

  'get me': 'all',
  'post me/_act-as': 'all',
  'get covenant': 'all',
  'get municipalities': 'all',
  'post professionals/{id}/_confirm-contact': 'all',

  'post signals/_preview': 'professional',
  'post signals': 'professional',
  'get signals': 'professional',
  'get signals/{id}': 'professional',
  'get signals/{id}/earlier': 'professional',
  'post signals/{id}/_informed': 'professional',
  'post signals/{id}/_link': 'professional',
  'post signals/{id}/_renew': 'professional',
  'post signals/{id}/_share': 'professional',
  'post signals/{id}/_end': 'professional',
  'get matches': 'professional',
  'get matches/version': 'professional',
  'post matches/{id}/_contact-made': 'professional',
  'post matches/{id}/_contact-not-made': 'professional',
  'post matches/{id}/_confirm': 'professional',
  'post matches/{id}/_reject': 'professional',

  'get stand-ins': 'professional coordinator',
  'post professionals/{id}/_plan-absence': 'professional coordinator',
  'post professionals/{id}/_end-absence': 'professional coordinator',

  'get professionals': 'coordinator',
  'patch professionals/{id}': 'coordinator',
  'post professionals/{id}/_depart': 'coordinator',
  'get locations': 'coordinator',
  'put locations': 'coordinator',
  'get waiting-matches': 'coordinator',
  'post professionals/_import': 'coordinator operator',

  'get match-queue': 'process-manager',
  'get match-queue/municipalities': 'process-manager',
  'post match-queue/{id}/_forward': 'process-manager',
  'get moves': 'process-manager',
  'post moves/{id}/_placed': 'process-manager',
  'post subject-access/_overview': 'process-manager',
  'post subject-access/_erase': 'process-manager',
  'post archive/_destroy': 'process-manager',

  'get appointments': 'operator',
  'post appointments': 'operator',
  'patch appointments/{id}': 'operator',
  'post appointments/{id}/_dismiss': 'operator',
  'post appointments/{id}/_change-login': 'operator',
  'post operator-proposals/{id}/_confirm': 'operator',
  'post operator-proposals/{id}/_withdraw': 'operator',
  'get audit': 'operator',
  'get contacts/doubted': 'operator',
  'get covenant/versions': 'operator',
  'get covenant/versions/{version}': 'operator',
  'get covenant/versions/{version}/yaml': 'operator',
  'post covenant/_check': 'operator',
  'post covenant/_preview': 'operator',
  'post covenant/versions': 'operator',
  'post covenant/versions/{version}/_withdraw': 'operator',
  'get federation': 'operator',
  'get look-ups': 'operator',
  'get mails/undelivered': 'operator',
  'get municipalities/table': 'operator',
  'post municipalities/table': 'operator',
  'get person-register': 'operator',
  'get scheduled-work': 'operator',
  'post scheduled-work/{name}/_run': 'operator',
  'get unknown-logins': 'operator',
};

/** What operators may do with the objects of everybody: there is no "other" for them. */
export const OF_EVERYBODY: readonly string[] = ['post appointments/{id}/_change-login'];

/** Every operation of the relay. Its one role is the national coordinator. */
export const RELAY_ACCESS: Readonly<Record<string, string>> = {
  'get me': 'national-coordinator',
  'get regions': 'national-coordinator',
  'get regions/{id}': 'national-coordinator',
  'get regions/{id}/history': 'national-coordinator',
  'get key-holders': 'national-coordinator',
  'get alarms': 'national-coordinator',
  'get figures': 'national-coordinator',
  'get figures/history': 'national-coordinator',
  'get register': 'national-coordinator',
  'get register/signed': 'national-coordinator',
  'post register/_check': 'national-coordinator',
  'post register/_apply': 'national-coordinator',
};
