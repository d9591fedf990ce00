import { useTexts } from '#libs/screens';
import { contact } from './texts.js';

/** Names kinds of organisation; a covenant may have kinds of its own, which are shown as it calls them. */
export function useKindName(): (kind: string) => string {
  const { kinds } = useTexts(contact);
  return (kind) => (kinds as Record<string, string>)[kind] ?? kind;
}
