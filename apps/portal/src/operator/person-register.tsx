import {
  Api,
  Facts,
  Loaded,
  momentText,
  Notice,
  Section,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { operator } from './texts.js';

/** `GET /person-register`, as far as it is shown. */
interface PersonRegister {
  refusal: {
    by: 'register' | 'token' | 'tls';
    status?: number;
    code?: string;
    parameters?: string[];
    since: string;
  } | null;
  lastAnswerAt: string | null;
  notVerified: number;
  siblingsCompared: boolean;
  fields: { name: string; asked: boolean; without: string | null }[];
}

/** How the person register answers: what it refuses, who could not be verified, and which fields are switched off. */
export function PersonRegisterLink() {
  const texts = useTexts(operator).personRegister;
  const { language } = useLanguage();
  const register = useLoaded(() => Api.get<PersonRegister>('person-register'));
  return (
    <Section title={texts.title}>
      <Loaded state={register}>
        {({ refusal, lastAnswerAt, notVerified, siblingsCompared, fields }) => {
          const off = fields.filter(({ asked }) => !asked).map(({ name }) => name);
          return (
            <>
              {refusal && (
                <Notice tone="warning" title={texts.refuses[refusal.by]}>
                  <p>{texts.refusesHint}</p>
                  <p>
                    {[refusal.status, refusal.code, ...(refusal.parameters ?? [])]
                      .filter((part) => part !== undefined)
                      .join(' · ')}
                  </p>
                </Notice>
              )}
              {!siblingsCompared && (
                <Notice tone="warning" title={texts.noSiblings}>
                  <p>{texts.noSiblingsHint}</p>
                </Notice>
              )}
              <Facts
                of={[
                  [texts.lastAnswer, lastAnswerAt ? momentText(lastAnswerAt, language) : texts.never],
                  ...(refusal ? [[texts.refusesSince, momentText(refusal.since, language)] as const] : []),
                  [texts.notVerified, notVerified],
                  [texts.off, off.length > 0 ? off.join(', ') : texts.none],
                ]}
              />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
