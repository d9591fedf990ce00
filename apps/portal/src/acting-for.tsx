import { Api, useTexts } from '#libs/screens';
import { useEffect } from 'react';
import type { Me } from './session.types.js';
import { portal } from './texts.js';

/** For which organisation somebody acts who works for several, always in sight, with a button for each of the others. */
export function ActingFor({ me }: { me: Me }) {
  const texts = useTexts(portal).actingFor;
  useEffect(() => followOtherWindows(me.id), [me.id]);
  return (
    <div className="screens-strip__content">
      <span>
        {texts.now} <strong>{me.organisation.name}</strong>
      </span>
      {me.others.map(({ id, organisation }) => (
        <button key={id} type="button" className="screens-plain-button" onClick={() => void actAs(id)}>
          {texts.change(organisation.name)}
        </button>
      ))}
    </div>
  );
}

/** Begins anew, so that nothing of the other organisation stays on the screen; also when the choice was refused. */
async function actAs(professional: string): Promise<void> {
  try {
    await Api.post('me/_act-as', { professional });
  } finally {
    window.location.assign('/');
  }
}

/** All windows of a browser act for the same organisation: one that comes into sight begins anew if another window chose. */
function followOtherWindows(shown: string): () => void {
  const look = async () => {
    if (document.visibilityState !== 'visible') return;
    const { id } = await Api.get<Me>('me', { unattended: true });
    if (id !== shown) window.location.assign('/');
  };
  // without an answer the next request tells what is wrong
  const listen = () => void look().catch(() => undefined);
  document.addEventListener('visibilitychange', listen);
  return () => document.removeEventListener('visibilitychange', listen);
}
