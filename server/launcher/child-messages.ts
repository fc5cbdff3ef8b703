/** What the launcher's children tell it. `fatal`: starting again would not help. */
export type FromChild = { say: 'ready'; port?: number } | { say: 'fatal'; message: string };

/** What the launcher tells its children: how far the native engine's installation is; null: nothing goes on. */
export type ToChild = { say: 'engine'; progress: { text: string; fraction: number | null } | null };

/** In a child: tells the launcher that it is ready; nothing happens without one. */
export function tellLauncher(message: FromChild): void {
  process.send?.(message);
}

/**
 * In a child: runs `stop` once when asked to end (SIGTERM, SIGINT) or when the launcher is gone, then exits. A second
 * signal changes nothing; what takes longer than `patience` milliseconds is cut off.
 */
export function onAskedToStop(stop: () => Promise<void>, patience: number): void {
  let stopping = false;
  const begin = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), patience).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
  process.on('disconnect', begin);
}
