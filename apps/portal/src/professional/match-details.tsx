import { Api, Badge, Button, Heading3, Link, ProblemNotice, useFormState, useTexts } from '#libs/screens';
import { Human, Lead } from '../contact/index.js';
import { Possible } from './possible.js';
import type { InvolvedPerson, OwnMatch } from './professional.types.js';
import { professional } from './texts.js';
import { Yourself } from './yourself.js';

/** Who leads, and who else is involved, in the match of one signal. */
export function MatchDetails({ match, onChanged }: { match: OwnMatch; onChanged: () => void }) {
  const texts = useTexts(professional).matches;
  const ofKind = (wanted: InvolvedPerson['kind']) => match.involved.filter(({ kind }) => kind === wanted);
  const [sameYouth, siblings, alike] = [
    ofKind('same-youth'),
    ofKind('sibling'),
    ofKind('possibly-same-youth'),
  ];
  return (
    <>
      {match.involved.length > 0 && (
        <>
          <Heading3>{texts.matchregisseur}</Heading3>
          <Lead lead={match.matchregisseur} you={match.youLead} />
        </>
      )}
      {sameYouth.length > 0 && <People title={texts.sameYouth} people={sameYouth} onChanged={onChanged} />}
      {siblings.length > 0 && (
        <People title={texts.siblings} hint={texts.siblingsHint} people={siblings} onChanged={onChanged} />
      )}
      {alike.length > 0 && <People title={texts.alike} people={alike} onChanged={onChanged} />}
      {match.possible.length > 0 && <Possible possible={match.possible} onChanged={onChanged} />}
      {match.yourself.length > 0 && <Yourself yourself={match.yourself} onChanged={onChanged} />}
    </>
  );
}

interface PeopleProps {
  title: string;
  hint?: string;
  people: readonly InvolvedPerson[];
  onChanged: () => void;
}

function People({ title, hint, people, onChanged }: PeopleProps) {
  const texts = useTexts(professional).matches;
  const state = useFormState();
  const say = (id: string, what: '_contact-made' | '_contact-not-made' | '_that-is-me') =>
    void state.send(async () => {
      await Api.post(`matches/${id}/${what}`);
      onChanged();
    });
  return (
    <>
      <Heading3>{title}</Heading3>
      {hint && <p className="screens-muted">{hint}</p>}
      {state.problem && <ProblemNotice problem={state.problem} />}
      <ul className="screens-people">
        {people.map((person) => (
          <li key={person.id}>
            <Human contact={person}>
              <p className="screens-muted">{person.region}</p>
              {person.askedToVerify && <p className="screens-muted">{texts.verify}</p>}
              {person.standsInFor && <p className="screens-muted">{texts.standsIn(person.standsInFor)}</p>}
              {person.contactMadeByThem && <Badge tone="ok">{texts.contactByThem}</Badge>}
              {person.contactMadeByYou && (
                <p className="screens-badges">
                  <Badge tone="ok">{texts.contactByYou}</Badge>
                  <Button
                    appearance="subtle-button"
                    disabled={state.sending}
                    onClick={() => say(person.id, '_contact-not-made')}
                    aria-label={texts.noContactWith(person.name)}
                  >
                    {texts.contactTakenBack}
                  </Button>
                </p>
              )}
              {!person.contactMadeByYou && !person.contactMadeByThem && (
                <Button
                  appearance="secondary-action-button"
                  disabled={state.sending}
                  onClick={() => say(person.id, '_contact-made')}
                  aria-label={texts.contactWith(person.name)}
                >
                  {texts.contactMade}
                </Button>
              )}
              {person.mayBeYou && (
                <Button
                  appearance="subtle-button"
                  disabled={state.sending}
                  onClick={() => say(person.id, '_that-is-me')}
                  aria-label={texts.thatIsMeFor(person.name)}
                >
                  {texts.thatIsMe}
                </Button>
              )}
              {person.kind === 'possibly-same-youth' && (
                <Link to={`/andere-jeugdige/${person.id}`} look="subtle">
                  {texts.other}
                </Link>
              )}
            </Human>
          </li>
        ))}
      </ul>
    </>
  );
}
