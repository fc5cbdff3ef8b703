import type { Command } from './command';
import { EXIT, InputError, UsageError } from './exit-code';

/** `netloom <command>`: people, scripts, CI and benchmarks use the same engine and documents as the service. */
const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  train: () => import('./commands/train'),
  check: () => import('./commands/check'),
  export: () => import('./commands/export'),
  gallery: () => import('./commands/gallery'),
  doctor: () => import('./commands/doctor'),
  bench: () => import('./commands/bench'),
};

async function help(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(9)}${(await load()).command.summary}`),
  );
  return `netloom <command> [options]\n\n${lines.join('\n')}\n\nnetloom <command> --help says more.`;
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(await help());
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    console.error(`There is no command “${name}”.\n\n${await help()}`);
    return EXIT.usage;
  }
  const { command } = await load();
  if (args.includes('--help')) {
    console.log(`netloom ${name} ${command.usage}`);
    return EXIT.done;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\nnetloom ${name} ${command.usage}`);
      return EXIT.usage;
    }
    if (error instanceof InputError) {
      console.error(error.message);
      return EXIT.input;
    }
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.internal;
  }
}

process.exitCode = await main(process.argv.slice(2));
