import { createRequire } from 'node:module';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

/** The yardstick: the usual sample of an echo bot, as botbuilder and restify come, in a process of its own. */

const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as {
  Template: new (payload: object) => { expand(context: { $root: object }): Record<string, unknown> };
};
const appId = process.env.MicrosoftAppId ?? '';
const authentication = new ConfigurationBotFrameworkAuthentication(
  {
    ValidateAuthority: true,
    ToBotFromChannelOpenIdMetadataUrl: process.env.BotOpenIdMetadata ?? '',
    ToBotFromChannelTokenIssuer: process.env.ToBotFromChannelTokenIssuer ?? '',
    ToBotFromEmulatorOpenIdMetadataUrl: process.env.BotOpenIdMetadata ?? '',
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    OAuthUrl: 'https://api.botframework.com',
  },
  {
    isValidAppId: async (candidate) => candidate === appId,
    isAuthenticationDisabled: async () => false,
    // Its token for Teams costs it nothing, so that the yardstick is none the slower for where it runs.
    createCredentials: async () => ({
      async signRequest(request) {
        request.headers.set('Authorization', 'Bearer token');
        return request;
      },
    }),
  },
);
const adapter = new CloudAdapter(authentication);
adapter.onTurnError = async (_context, fault) => console.error(fault);

const { template, data } = JSON.parse(process.env.CARD ?? '{}') as { template: object; data: object };

class EchoBot extends ActivityHandler {
  /** A button pressed, as the samples of cards have it: the template is made into a card, and that is the answer. */
  override async onAdaptiveCardInvoke() {
    const value = new Template(template).expand({ $root: data });
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
  }

  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(`Echo: ${context.activity.text}`);
      await next();
    });
  }
}
const bot = new EchoBot();

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request as never, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ msg: 'echo is ready', port: server.address().port })));
