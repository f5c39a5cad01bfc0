#!/bin/sh
# Runs where the services ran, in the folder of their compose file and with them stopped, before they start here.
set -eu

# Fills a folder of the NAS' share. What is there already stays, since it may be newer, and is told.
to_share() { # service, its path, folder of the share, leading folders to leave out
  docker compose cp "$1:$2" - | ssh "$nas" "mkdir -p '$3' && tar -xkf - -C '$3' --strip-components=$4"
}
