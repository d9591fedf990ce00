import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { BrpSimulatorConfiguration } from '../config.js';
import { TOKEN_PATH, Tokens } from './tokens.js';

/** The token endpoint (OAuth 2.0, client credentials). Only there when a client is set. */
@ApiExcludeController()
@Controller(TOKEN_PATH)
export class TokenController {
  constructor(
    private readonly tokens: Tokens,
    private readonly configuration: BrpSimulatorConfiguration,
  ) {}

  @Post()
  @HttpCode(200)
  give(@Body() body: unknown, @Res() response: Response): void {
    const token = this.tokens.give({ ...(body as Record<string, unknown> | undefined) });
    response.setHeader('Cache-Control', 'no-store');
    if (token === undefined) response.status(401).json({ error: 'invalid_client' });
    else
      response.json({
        access_token: token,
        token_type: 'Bearer',
        expires_in: this.configuration.tokenSeconds,
      });
  }
}
