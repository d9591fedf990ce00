import { Fragment } from 'react';

/** A telephone number that can be dialled. */
export function Phone({ number, label }: { number: string; label?: string }) {
  return (
    <a
      className="utrecht-link utrecht-link--html-a screens-reach screens-reach--phone"
      href={`tel:${number.replace(/[^+\d]/g, '')}`}
      aria-label={label}
    >
      {number}
    </a>
  );
}

/** An e-mail address that can be written to. */
export function Mail({ address, label }: { address: string; label?: string }) {
  return (
    <a
      className="utrecht-link utrecht-link--html-a screens-reach"
      href={`mailto:${address}`}
      aria-label={label}
    >
      <MailAddress>{address}</MailAddress>
    </a>
  );
}

/** An e-mail address, which breaks before its at sign and dots when it is too long for a line. */
export function MailAddress({ children }: { children: string }) {
  const parts = children.split(/(?=[@.])/);
  return (
    <span>
      {parts.map((part, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
