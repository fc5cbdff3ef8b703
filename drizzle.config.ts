import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --name WHAT` writes the SQL of a changed schema; the launcher applies it. */
export default defineConfig({ dialect: 'postgresql', schema: './drizzle/schema/*.ts', out: './drizzle/migrations' });
