import { useTexts } from '#libs/screens';
import type { ReactNode } from 'react';
import { Mail, Phone } from './reach.js';
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
  const { name, phone, email, location, locationPhone } = contact;
  return (
    <div className="screens-human">
      <p className="screens-human__name">{name}</p>
      <p>{contact.function}</p>
      <p>{[contact.organisation, location].filter(Boolean).join(', ')}</p>
      <div className="screens-human__reach">
        <Phone number={phone} label={texts.call(name, phone)} />
        {location && locationPhone && (
          <span>
            <Phone number={locationPhone} label={texts.call(location, locationPhone)} /> ({location})
          </span>
        )}
        <Mail address={email} label={texts.mail(name, email)} />
      </div>
      {children}
    </div>
  );
}
