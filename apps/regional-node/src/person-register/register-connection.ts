import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SECOND } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import { errorKind } from '#libs/observability';
import { Agent, fetch, ProxyAgent, type Dispatcher, type Response } from 'undici';
import type { AuditActor } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import type { AskedFieldName } from './asked-fields.js';
import { networkCode, networkFailure } from './network-failure.js';
import { registerAnswerOf, type RegisterAnswer } from './register-answer.js';
import { NoToken, RegisterToken } from './register-token.js';

const TIMEOUT = 5 * SECOND;
/** Twenty persons with all fields that are asked take some tens of kilobytes. */
const LARGEST_ANSWER = 1024 ** 2;
/** What a request ends with when the other side has just closed the connection that it went out on. */
const CLOSED = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];

/** A question to the API: its type, the fields to deliver, and the parameters of the type. */
export interface RegisterQuery {
  type: string;
  fields: readonly AskedFieldName[];
  [parameter: string]: unknown;
}

/**
 * The connection to the person register's API: mutual TLS, access token, headers of the gateway and proxy, each where the settings say so. Asks
 * with a time limit and reads no more than `LARGEST_ANSWER` bytes. Never throws: what goes wrong is an outcome.
 */
@Injectable()
export class RegisterConnection implements OnApplicationShutdown {
  private readonly kept: Dispatcher;
  /** Opens a connection for each question. */
  private readonly fresh: Dispatcher;
  private readonly token: RegisterToken | undefined;

  /** @throws ConfigurationError when certificate or key cannot be used */
  constructor(private readonly config: RegionalNodeConfig) {
    this.kept = dispatcherOf(config, {});
    this.fresh = dispatcherOf(config, { pipelining: 0 });
    const { personRegisterTokenUrl } = config;
    if (personRegisterTokenUrl !== undefined)
      this.token = new RegisterToken({ ...config, personRegisterTokenUrl }, async (url, options) => {
        const signal = AbortSignal.timeout(TIMEOUT);
        const response = await fetch(url, { ...options, dispatcher: this.fresh, signal });
        return new globalThis.Response((await textOf(response)) || null, {
          status: response.status,
          headers: [...response.headers],
        });
      });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.kept.destroy(), this.fresh.destroy()]);
  }

  /** @param actor who asks; the gateway is told where the settings say `{user}` */
  async ask(query: RegisterQuery, actor: AuditActor): Promise<RegisterAnswer> {
    if (!this.token) return this.askWith(undefined, query, actor);
    try {
      const token = await this.token.current();
      const answer = await this.askWith(token, query, actor);
      if (answer.outcome !== 'refused' || answer.refusal.status !== 401) return answer;
      // withdrawn before its end
      this.token.forget(token);
      return await this.askWith(await this.token.current(), query, actor);
    } catch (error) {
      if (error instanceof NoToken) return error.answer;
      throw error;
    }
  }

  private async askWith(
    token: string | undefined,
    query: RegisterQuery,
    actor: AuditActor,
  ): Promise<RegisterAnswer> {
    const signal = AbortSignal.timeout(TIMEOUT);
    let response: Response;
    try {
      response = await this.send(query, this.headers(token, actor), signal);
    } catch (error) {
      return networkFailure(error);
    }
    try {
      return registerAnswerOf(response.status, jsonOf(await textOf(response)));
    } catch (error) {
      return { outcome: signal.aborted ? 'unreachable' : 'unreadable', reason: errorKind(error) };
    }
  }

  /** A gateway may close a kept connection while a question is on its way. A question changes nothing, so it is asked once more. */
  private async send(query: RegisterQuery, headers: HeaderList, signal: AbortSignal): Promise<Response> {
    const post = (dispatcher: Dispatcher): Promise<Response> =>
      fetch(`${this.config.personRegisterUrl.replace(/\/+$/, '')}/personen`, {
        method: 'POST',
        headers,
        body: JSON.stringify(query),
        redirect: 'manual',
        dispatcher,
        signal,
      });
    try {
      return await post(this.kept);
    } catch (error) {
      if (!CLOSED.includes(networkCode(error) ?? '')) throw error;
      return post(this.fresh);
    }
  }

  private headers(token: string | undefined, actor: AuditActor): HeaderList {
    const { personRegisterApiKey, personRegisterHeaders } = this.config;
    const gateway = Object.entries(personRegisterHeaders).map(([name, value]): [string, string] => [
      name,
      value.replaceAll('{user}', actor),
    ]);
    return {
      ...Object.fromEntries(gateway),
      'Content-Type': 'application/json; charset=utf-8',
      Accept: 'application/json',
      ...(personRegisterApiKey ? { 'X-API-KEY': personRegisterApiKey } : {}),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    };
  }
}

type HeaderList = Record<string, string>;

/** Certificate and key are read once: a renewed certificate needs a restart. */
function dispatcherOf(config: RegionalNodeConfig, options: Agent.Options): Dispatcher {
  const {
    personRegisterCertFile: cert,
    personRegisterKeyFile: key,
    personRegisterKeyPassphrase: passphrase,
    personRegisterCaFile: ca,
    personRegisterProxy: uri,
  } = config;
  const tls = {
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
  };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new ConfigurationError(
      `PERSON_REGISTER_CERT_FILE, _KEY_FILE, _KEY_PASSPHRASE, _CA_FILE: cannot be used together (${errorKind(error)})`,
    );
  }
  return uri === undefined
    ? new Agent({ ...options, connect: tls })
    : new ProxyAgent({ ...options, uri, requestTls: tls });
}

class AnswerTooLarge extends Error {
  override name = 'AnswerTooLarge';
}

/** @throws AnswerTooLarge, or what ended the answer too early */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) throw new AnswerTooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
