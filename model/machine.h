/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a machine type says about itself, and what each version changed. */
#pragma once

#include "model/types.h"

typedef enum {
  VH_CHIPSET_I440FX,
  VH_CHIPSET_Q35,
  VH_CHIPSET_VIRT,
  VH_CHIPSET_PSERIES,
  VH_CHIPSET_S390_CCW,
  VH_CHIPSET_MICROVM,
  VH_CHIPSET_OTHER,
} VhChipset;

/* A release of QEMU or of a machine type as libvirt counts: major × 1,000,000
 * + minor × 1,000 + micro. 0 is unknown. */
typedef guint VhVersion;
#define VH_VERSION(major, minor, micro) ((major) *1000000u + (minor) *1000u + (micro))

typedef struct {
  char *type;      /* as written; "" when the domain names none */
  char *canonical; /* what an alias (by capabilities) or "" stands for; else as `type` */
  char *arch;      /* as written; "" when none */
  VhChipset chipset;
  VhVersion version;   /* of the machine type; 0 for an alias without a version */
  const char *flavour; /* "rhel", "ubuntu", …; NULL for upstream's own; static */
} VhMachine;

/* Reads a machine type by its name alone. NULL stands for "". */
VhMachine *vh_machine_new (const char *arch, const char *type);
/* The same type under the name that an alias stands for. */
VhMachine *vh_machine_new_canonical (const char *arch, const char *type, const char *canonical);
/* The type that libvirt takes for a domain of QEMU that names none. NULL: not known, or another one
 * in each release. Static. */
const char *vh_machine_get_preferred (const char *arch);
VhMachine *vh_machine_dup (const VhMachine *machine);
void vh_machine_free (VhMachine *machine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhMachine, vh_machine_free)

const char *vh_chipset_to_string (VhChipset chipset);

/* i440fx or q35. */
gboolean vh_machine_is_pc (const VhMachine *machine);
/* virt of aarch64. Machines of that name of other architectures are others. */
gboolean vh_machine_is_arm_virt (const VhMachine *machine);

/* The release of QEMU that introduced the machine type, no less than 5.2;
 * 0 when the version is unknown. docs/json.md. */
VhVersion vh_machine_get_assumed_qemu (const VhMachine *machine);

/* "7.2" or, with a micro part, "7.2.22"; caller frees; NULL for 0. */
char *vh_version_format (VhVersion version);
/* "7.2", "7.2.22". FALSE when it is none. */
gboolean vh_version_parse (const char *text, VhVersion *version);

/* Properties whose default depends on the machine type: of PIIX4_PM or
 * ICH9-LPC (ROOT, BRIDGE, KEEP_HPC), of root and downstream ports
 * (PORT_NATIVE: what BRIDGE and KEEP_HPC of that type make of it while nobody
 * changed them), of pci-bridge (SHPC). */
typedef enum {
  VH_MACHINE_DEFAULT_ROOT,
  VH_MACHINE_DEFAULT_BRIDGE,
  VH_MACHINE_DEFAULT_KEEP_HPC,
  VH_MACHINE_DEFAULT_PORT_NATIVE,
  VH_MACHINE_DEFAULT_SHPC,
} VhMachineDefault;

/* The default that the table knows (machine.def). `qemu` is the release that
 * runs it, 0 when unknown. UNKNOWN without a version of the machine type, for
 * types whose defaults a distribution changed, and for other chipsets.
 * `*evidence` (may be NULL) becomes static text, NULL when unknown. */
VhKnown vh_machine_get_default (const VhMachine *machine, VhVersion qemu, VhMachineDefault what,
                                const char **evidence);

/* The versions of machine types of this chipset that changed a default; of
 * VhVersion, once each. Caller unrefs. */
GArray *vh_machine_new_changes (VhChipset chipset);
