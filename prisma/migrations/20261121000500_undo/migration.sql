-- AlterTable
ALTER TABLE "sync_runs" ADD COLUMN     "undoes_run_id" UUID;
