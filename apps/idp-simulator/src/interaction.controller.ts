import { Body, Controller, Get, HttpStatus, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { errors, Provider } from 'oidc-provider';
import type { Account } from './demo-data.js';
import { accountsPage, choicePage, errorPage } from './pages.js';

export const ACCOUNTS = Symbol('accounts');

/** The pages for people: choosing an account during a login, and a list of the accounts. */
@Controller()
export class InteractionController {
  constructor(
    private readonly provider: Provider,
    @Inject(ACCOUNTS) private readonly accounts: readonly Account[],
  ) {}

  @Get()
  list(@Res() response: Response): void {
    response.type('html').send(accountsPage(this.accounts));
  }

  @Get('interaction/:uid')
  async choose(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.duringLogin(request, response, () => {
      response.type('html').send(choicePage(this.accounts, request.path));
    });
  }

  @Post('interaction/:uid')
  async chosen(
    @Body() body: { subject?: unknown } | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.duringLogin(request, response, async () => {
      const account = this.accounts.find(({ subject }) => subject === body?.subject);
      if (account) {
        await this.provider.interactionFinished(request, response, { login: { accountId: account.subject } });
      } else {
        response
          .status(HttpStatus.BAD_REQUEST)
          .type('html')
          .send(
            choicePage(
              this.accounts,
              request.path,
              'Dit account bestaat niet. Kies een account uit de lijst.',
            ),
          );
      }
    });
  }

  /** Runs `answer` if this browser is in the middle of a login; else says that it has to begin again. */
  private async duringLogin(
    request: Request,
    response: Response,
    answer: () => void | Promise<void>,
  ): Promise<void> {
    response.setHeader('Cache-Control', 'no-store');
    try {
      await this.provider.interactionDetails(request, response);
      await answer();
    } catch (error) {
      if (!(error instanceof errors.OIDCProviderError)) throw error;
      response.status(error.statusCode).type('html').send(errorPage(error.error));
    }
  }
}
