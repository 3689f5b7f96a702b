-- AlterTable
ALTER TABLE "workspaces" ADD COLUMN     "allowed_addresses" TEXT[] DEFAULT ARRAY[]::TEXT[];
