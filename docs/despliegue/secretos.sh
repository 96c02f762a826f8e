#!/bin/sh
# Makes the secrets that are not there yet, each in a file of its own: secretos.sh CARPETA
# The folder is for its owner alone; the files can be read by the containers, whose users are others.
set -eu
carpeta="${1:?Di en qué carpeta: secretos.sh var/secretos}"
mkdir -p "$carpeta"
chmod 700 "$carpeta"
for nombre in secret_key clave_de_historial clave_servidor clave_duena clave_aplicacion clave_metricas clave_s3; do
    [ -s "$carpeta/$nombre" ] || head -c 48 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' > "$carpeta/$nombre"
done
[ -s "$carpeta/cifrado_llaves" ] || echo "$(date +%Y%m%d):$(head -c 32 /dev/urandom | base64)" > "$carpeta/cifrado_llaves"
[ -s "$carpeta/email_url" ] || echo "smtp://correo:1025" > "$carpeta/email_url"
chmod 444 "$carpeta"/*
echo "Guarda también fuera de aquí $carpeta/cifrado_llaves: sin ella los documentos de identidad no se abren nunca más."
echo "Listo. Escribe en $carpeta/email_url la dirección del servidor de correo, con su clave."
