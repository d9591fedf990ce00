import { useTexts } from '#libs/screens';
import type { ReactNode } from 'react';
import { contact as contactTexts } from './texts.js';

/** How to reach a professional. */
export interface Contact {
  name: string;
  function: string;
  organisation: string;
  phone: string;
  email: string;
  /** The location of the organisation where they work, with its telephone. */
  location?: string;
  locationPhone?: string;
}

/** A professional one can call or mail at once. */
export function Human({ contact, children }: { contact: Contact; children?: ReactNode }) {
  const texts = useTexts(contactTexts).human;
  return (
    <div className="screens-human">
      <p className="screens-human__name">{contact.name}</p>
      <p>{contact.function}</p>
      <p>{[contact.organisation, contact.location].filter(Boolean).join(', ')}</p>
      <div className="screens-human__reach">
        <a
          className="utrecht-link utrecht-link--html-a screens-reach"
          href={dial(contact.phone)}
          aria-label={texts.call(contact.name, contact.phone)}
        >
          {contact.phone}
        </a>
        {contact.location && contact.locationPhone && (
          <a
            className="utrecht-link utrecht-link--html-a screens-reach"
            href={dial(contact.locationPhone)}
            aria-label={texts.call(contact.location, contact.locationPhone)}
          >
            {contact.locationPhone} ({contact.location})
          </a>
        )}
        <a
          className="utrecht-link utrecht-link--html-a screens-reach"
          href={`mailto:${contact.email}`}
          aria-label={texts.mail(contact.name, contact.email)}
        >
          {contact.email}
        </a>
      </div>
      {children}
    </div>
  );
}

const dial = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`;
