import { ConfigurationFault, readConfig } from '../src/config.ts';
import { doctor } from '../src/doctor.ts';
import { fault, lineOf } from '../src/operate/doctor.ts';

/**
 * `npm run doctor`: looks at everything that has to be right before a council relies on the program (OP1), a line each with its cure. It
 * changes nothing and sends nobody anything. Ends with 0 when there is no fault (warnings may be left), 1 when there is one, 2 in the sandbox.
 */
try {
  const config = readConfig(process.env);
  if (config.mode === 'sandbox') {
    console.error('There is nothing to look at: without MicrosoftAppId the sandbox runs, which needs nothing.');
    process.exit(2);
  }
  const findings = await doctor(config);
  for (const finding of findings) console.log(lineOf(finding));
  process.exitCode = findings.some(({ state }) => state === 'fault') ? 1 : 0;
} catch (cause) {
  if (!(cause instanceof ConfigurationFault)) throw cause;
  for (const each of cause.faults)
    console.log(lineOf({ ...fault(each, 'Mend it where the settings stand (.env.example explains each).'), look: 'Settings' }));
  process.exitCode = 1;
}
