import { useTexts } from '#libs/screens';
import type { Contact } from './human.js';
import { Mail, Phone } from './reach.js';
import { contact as contactTexts } from './texts.js';

export interface LeadShown extends Contact {
  because: 'organisation-kind' | 'process-manager' | 'appointed';
  region: string;
}

/** Who leads, and why; or that it is being decided. */
export function Lead({ lead, you = false }: { lead: LeadShown | null; you?: boolean }) {
  const texts = useTexts(contactTexts);
  if (!lead) return <p className="screens-muted">{texts.lead.follows}</p>;
  const { name, phone, email } = lead;
  return (
    <div className="screens-lead-person">
      {you ? (
        <p>
          <strong>{texts.lead.you}</strong>
        </p>
      ) : (
        <>
          <p>
            <strong>{name}</strong>, {lead.function}, {lead.organisation}
          </p>
          <p className="screens-lead-person__reach">
            <Phone number={phone} label={texts.human.call(name, phone)} />
            <Mail address={email} label={texts.human.mail(name, email)} />
          </p>
        </>
      )}
      <p className="screens-muted">{texts.lead.because[lead.because](lead.region)}</p>
    </div>
  );
}
