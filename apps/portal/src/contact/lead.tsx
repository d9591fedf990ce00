import { useTexts } from '#libs/screens';
import { type Contact } from './human.js';
import { contact as contactTexts } from './texts.js';

export interface LeadShown extends Contact {
  because: 'organisation-kind' | 'process-manager' | 'appointed';
  region: string;
}

/** Who leads, and why; or that it is being decided. */
export function Lead({ lead, you = false }: { lead: LeadShown | null; you?: boolean }) {
  const texts = useTexts(contactTexts).lead;
  if (!lead) return <p className="screens-muted">{texts.follows}</p>;
  return (
    <div className="screens-lead-person">
      <p>
        <strong>{you ? texts.you : texts.name(lead.name)}</strong>
        {!you && (
          <>
            {` ${lead.function}, ${lead.organisation}, `}
            <a
              className="utrecht-link utrecht-link--html-a"
              href={`tel:${lead.phone.replace(/[^+\d]/g, '')}`}
            >
              {lead.phone}
            </a>
            {', '}
            <a className="utrecht-link utrecht-link--html-a" href={`mailto:${lead.email}`}>
              {lead.email}
            </a>
          </>
        )}
      </p>
      <p className="screens-muted">{texts.because[lead.because](lead.region)}</p>
    </div>
  );
}
