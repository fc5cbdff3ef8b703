ALTER TABLE "runs" ADD COLUMN "parent_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "origin" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_parent_id_runs_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_parent" ON "runs" USING btree ("parent_id");