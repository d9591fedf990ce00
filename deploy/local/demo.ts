import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { PROJECT_ROOT } from './project-root.js';

/** Somebody fictional who can log in. */
export interface DemoAccount {
  subject: string;
  name: string;
  email: string;
  roles: string[];
}

/** A region, as its two documents describe it. */
export interface DemoRegion {
  /** Name of its folder. */
  id: string;
  /** Name of the index. */
  name: string;
  municipalities: { code: string; name: string }[];
  accounts: DemoAccount[];
  covenantFile: string;
  directoryFile: string;
}

/** The OIDC subject of the demonstration's national coordinator. */
export const NATIONAL_COORDINATOR: DemoAccount = {
  subject: 'landelijk-coordinator',
  name: 'Noor Landelijk',
  email: 'noor.landelijk@landelijk.voorbeeld.example',
  roles: ['national-coordinator'],
};

const FOLDER = path.join(PROJECT_ROOT, 'deploy', 'local', 'demo');

/**
 * The regions of the demonstration, or of another folder like it, in the order of their ids. The nodes check the documents; here
 * they are only read.
 */
export function demoRegions(folder = FOLDER): DemoRegion[] {
  const ids = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  return ids.sort().map((id) => {
    const covenantFile = path.join(folder, id, 'covenant.yaml');
    const directoryFile = path.join(folder, id, 'directory.yaml');
    const { name, municipalities } = read(covenantFile) as Pick<DemoRegion, 'name' | 'municipalities'>;
    const { professionals } = read(directoryFile) as { professionals: DemoAccount[] };
    return { id, name, municipalities, accounts: accountsOf(professionals), covenantFile, directoryFile };
  });
}

const read = (file: string): unknown => parse(readFileSync(file, 'utf8'));

/** One account for each person, with the roles and the first address of all their designations. */
function accountsOf(professionals: readonly DemoAccount[]): DemoAccount[] {
  const accounts = new Map<string, DemoAccount>();
  for (const { subject, name, email, roles } of professionals) {
    const known = accounts.get(subject) ?? { subject, name, email, roles: [] };
    accounts.set(subject, { ...known, roles: [...new Set([...known.roles, ...roles])] });
  }
  return [...accounts.values()];
}
