"""The few words that stand around a brief in a mail, in the languages that brief.yaml may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Sentences with their {places}. `change` words are for what a correction changed."""

    correction: str
    corrects: str
    now: str
    added: str
    withdrawn: str
    more: str
    pdf_only: str
    no_files: str
    read_it: str
    ask_for_it: str
    test: str


PHRASES: Mapping[str, Phrases] = {
    "en": Phrases(
        correction="Correction",
        corrects="Correction: this takes the place of the issue {period} that you were sent. What changed:",
        now="{place}: “{before}” now reads “{after}”",
        added="{place}: added “{after}”",
        withdrawn="{place}: withdrawn “{before}”",
        more="and {count} more changes",
        pdf_only="All editions together are too large for a mail: only the PDF is attached.",
        no_files="The editions are too large for a mail.",
        read_it="Read the issue and its other editions at {link}",
        ask_for_it="Answer to this mail to get them another way.",
        test="Test",
    ),
    "de": Phrases(
        correction="Berichtigung",
        corrects="Berichtigung: Diese Fassung ersetzt die Ausgabe {period}, die Sie erhalten haben. Geändert:",
        now="{place}: statt „{before}“ heißt es nun „{after}“",
        added="{place}: neu „{after}“",
        withdrawn="{place}: zurückgezogen „{before}“",
        more="und {count} weitere Änderungen",
        pdf_only="Alle Fassungen zusammen sind für eine E-Mail zu groß: Nur das PDF liegt bei.",
        no_files="Die Fassungen sind für eine E-Mail zu groß.",
        read_it="Die Ausgabe und ihre weiteren Fassungen stehen unter {link}",
        ask_for_it="Antworten Sie auf diese E-Mail, um sie auf anderem Weg zu erhalten.",
        test="Test",
    ),
    "es": Phrases(
        correction="Corrección",
        corrects="Corrección: este envío sustituye al número {period} que usted recibió. Cambios:",
        now="{place}: donde decía «{before}», ahora dice «{after}»",
        added="{place}: añadido «{after}»",
        withdrawn="{place}: retirado «{before}»",
        more="y {count} cambios más",
        pdf_only="Todas las ediciones juntas son demasiado grandes para un correo: solo se adjunta el PDF.",
        no_files="Las ediciones son demasiado grandes para un correo.",
        read_it="El número y sus demás ediciones pueden leerse en {link}",
        ask_for_it="Responda a este correo para recibirlas por otra vía.",
        test="Prueba",
    ),
    "fr": Phrases(
        correction="Correction",
        corrects="Correction : cet envoi remplace le numéro {period} que vous avez reçu. Ce qui a changé :",
        now="{place} : « {before} » devient « {after} »",
        added="{place} : ajout de « {after} »",
        withdrawn="{place} : retrait de « {before} »",
        more="et {count} autres changements",
        pdf_only="Toutes les éditions ensemble sont trop volumineuses pour un courriel : seul le PDF est joint.",
        no_files="Les éditions sont trop volumineuses pour un courriel.",
        read_it="Le numéro et ses autres éditions se lisent à l’adresse {link}",
        ask_for_it="Répondez à ce courriel pour les recevoir autrement.",
        test="Essai",
    ),
}
