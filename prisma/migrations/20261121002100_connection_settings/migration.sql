-- What a person typed to connect a system without a consent page, less the secrets, which are in the vault.
ALTER TABLE "connections" ADD COLUMN "settings" JSONB NOT NULL DEFAULT '{}';
