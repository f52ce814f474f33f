"""Checks a list of parts (CycloneDX): against the standard's own schema, and against Cargo.lock."""

import json
import pathlib
import sys
import tomllib

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def main():
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"not CycloneDX 1.6: {error}")
    bom = json.loads(text)
    parts = {(part["name"], part["version"]): part for part in bom["components"]}
    lock = tomllib.loads(pathlib.Path("Cargo.lock").read_text(encoding="utf-8"))["package"]
    locked = {(crate["name"], crate["version"]): crate.get("checksum") for crate in lock}
    faults = []
    for (name, version), part in parts.items():
        if not locked.get((name, version)):
            faults.append(f"{name} {version} is not in Cargo.lock with a checksum")
        elif part["hashes"] != [{"alg": "SHA-256", "content": locked[name, version]}]:
            faults.append(f"{name} {version} has another checksum than Cargo.lock")
        if not part["licenses"]:
            faults.append(f"{name} {version} has no licence")
    # What somebody looks for first when an advisory comes out.
    manifest = tomllib.loads(pathlib.Path("Cargo.toml").read_text(encoding="utf-8"))
    named = set(manifest["dependencies"])
    for target in manifest["target"].values():
        named |= set(target["dependencies"])
    faults += [f"{name} is missing" for name in sorted(named - {name for name, _ in parts})]
    tests_only = set(manifest["dev-dependencies"]) - named
    faults += [f"{name} is of the tests only" for name in sorted(tests_only & {name for name, _ in parts})]
    known = {bom["metadata"]["component"]["bom-ref"]} | {part["bom-ref"] for part in bom["components"]}
    for entry in bom["dependencies"]:
        faults += [f"{ref} is used and not listed" for ref in [entry["ref"], *entry["dependsOn"]] if ref not in known]
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(parts)} parts: valid CycloneDX 1.6, each with licence and the checksum of Cargo.lock")


main()
