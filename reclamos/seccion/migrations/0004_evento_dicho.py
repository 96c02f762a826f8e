"""What was written of the network event before there was a register stays, as words: nobody can tell which one it was."""

from datetime import date

from django.db import migrations


def a_palabras(apps, schema_editor):
    for asunto in apps.get_model("seccion", "Asunto").objects.filter(clase="artefactos", datos__has_key="evento"):
        dicho, fecha = asunto.datos.pop("evento"), asunto.datos.pop("evento_fecha", "")
        cuando = f" (fecha del evento: {date.fromisoformat(fecha):%d-%m-%Y})" if fecha else ""
        asunto.datos["evento_dicho"] = f"{dicho}{cuando}"
        asunto.save(update_fields=["datos"])


def a_su_campo(apps, schema_editor):
    for asunto in apps.get_model("seccion", "Asunto").objects.filter(clase="artefactos", datos__has_key="evento_dicho"):
        asunto.datos["evento"] = asunto.datos.pop("evento_dicho")
        asunto.save(update_fields=["datos"])


class Migration(migrations.Migration):

    dependencies = [("seccion", "0003_evento_red")]

    operations = [migrations.RunPython(a_palabras, a_su_campo)]
