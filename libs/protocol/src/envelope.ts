import { isSignedBy, type Signer } from './keys.js';
import { Envelope, MESSAGES, type MessageBody, type MessageType } from './messages.js';
import { WIRE, unknownMembersOf, type Wire } from './forms.js';
import { RELAY } from './subjects.js';
import { instanceOf, MalformedMessage, parse } from './validation.js';

/** The header that carries the detached signature over the exact payload bytes. */
export const SIGNATURE_HEADER = 'Vi-Signature';

/** A message ready to be published: the bytes, and their signature for the header. */
export interface SignedBytes {
  payload: Uint8Array;
  signature: string;
}

/** Encodes and signs one message. */
export function seal<T extends MessageType>(
  signer: Signer,
  envelope: Omit<Envelope, 'v' | 'body' | 'type'> & { type: T; body: MessageBody<T> | object },
): SignedBytes {
  const payload = Buffer.from(JSON.stringify({ v: 1, ...envelope }), 'utf8');
  return { payload, signature: signer.sign('message', payload) };
}

/** Why a message is not accepted. The reason is logged and counted; the content is not kept. */
export class RejectedMessage extends Error {
  override name = 'RejectedMessage';
  constructor(
    readonly reason:
      'malformed' | 'unsigned' | 'wrong-signature' | 'wrong-sender' | 'wrong-receiver' | 'wrong-type',
  ) {
    super(reason);
  }
}

/** What the receiver knows beforehand about who may speak on this channel. */
export interface Expectation {
  /** Who the channel (account, subject) belongs to. */
  from: string;
  to: string;
  /** The sender's public signing key, from the signed region register; undefined when it is not (or no longer) in it. */
  publicKey: string | undefined;
  /** Which wire the receiver reads. */
  wire?: Wire;
}

/**
 * Verifies and decodes one message: signature over the exact bytes, sender against channel, type against direction, body against its class.
 * The envelope, and the conversation about where both sides stand, have exactly the members of their class; other bodies are read without
 * members that this release does not know.
 * @throws RejectedMessage
 */
export function unseal(payload: Uint8Array, signature: string | undefined, expected: Expectation): Envelope {
  if (!signature) throw new RejectedMessage('unsigned');
  if (!expected.publicKey || !isSignedBy(expected.publicKey, 'message', payload, signature))
    throw new RejectedMessage('wrong-signature');
  try {
    const envelope = parse(Envelope, payload);
    if (envelope.from !== expected.from) throw new RejectedMessage('wrong-sender');
    if (envelope.to !== expected.to) throw new RejectedMessage('wrong-receiver');
    const definition = MESSAGES[envelope.type];
    const direction = envelope.from === RELAY ? 'relay' : 'region';
    if (definition.from !== 'both' && definition.from !== direction) throw new RejectedMessage('wrong-type');
    if (definition.sequenced !== envelope.seq > 0) throw new RejectedMessage('malformed');
    const unknownMembers = definition.from === 'both' ? 'refused' : unknownMembersOf(expected.wire ?? WIRE);
    envelope.body = instanceOf(definition.body as new () => object, envelope.body, unknownMembers);
    return envelope;
  } catch (error) {
    if (error instanceof MalformedMessage) throw new RejectedMessage('malformed');
    throw error;
  }
}
