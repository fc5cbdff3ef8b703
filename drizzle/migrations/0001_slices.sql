CREATE TABLE "slices" (
	"run_id" text NOT NULL,
	"fence" bigint NOT NULL,
	"job_id" text NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "slices_run_id_fence_pk" PRIMARY KEY("run_id","fence")
);
--> statement-breakpoint
ALTER TABLE "slices" ADD CONSTRAINT "slices_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "slices_job" ON "slices" USING btree ("job_id");