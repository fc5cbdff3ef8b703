ALTER TABLE "runs" DROP CONSTRAINT "runs_document_number";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "search_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "child_key" text;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_search_id_runs_id_fk" FOREIGN KEY ("search_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "runs_document_number" ON "runs" USING btree ("document_id","number") WHERE search_id is null;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_search_child" UNIQUE("search_id","child_key");