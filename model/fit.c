/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fit.h"

#include "model/fit_parts.h"
#include "model/i18n.h"

static const struct {
  const char *word, *other;
  const char *title;
  VhFitWants wants;
  const char *live, *cold; /* refusals */
} devices[] = {
#define VH_FIT_DEVICE_ROW(ID, word, other, title, wants, live, cold)                               \
  [VH_FIT_##ID] = { (word), (other), (title), VH_FIT_WANTS_##wants, (live), (cold) },
#include "model/fit_device.def"
};
G_STATIC_ASSERT (G_N_ELEMENTS (devices) == VH_N_FIT_DEVICES);

const char *
vh_fit_device_to_word (VhFitDevice device)
{
  g_assert (device < VH_N_FIT_DEVICES);
  return devices[device].word;
}

const char *
vh_fit_device_to_title (VhFitDevice device)
{
  g_assert (device < VH_N_FIT_DEVICES);
  return _ (devices[device].title);
}

VhFitWants
vh_fit_device_get_wants (VhFitDevice device)
{
  g_assert (device < VH_N_FIT_DEVICES);
  return devices[device].wants;
}

gboolean
vh_fit_device_is_untried (VhFitDevice device)
{
  return device == VH_FIT_HOSTDEV || device == VH_FIT_HOSTDEV_PCI;
}

gboolean
vh_fit_device_from_word (const char *word, VhFitDevice *device)
{
  for (guint i = 0; i < VH_N_FIT_DEVICES; i++)
    if (g_strcmp0 (word, devices[i].word) == 0 ||
        (devices[i].other && g_strcmp0 (word, devices[i].other) == 0))
      {
        *device = (VhFitDevice) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
vh_fit_may_sit (const VhTopology *topology, VhFitDevice device, guint bus, gboolean is_live)
{
  g_assert (device < VH_N_FIT_DEVICES);
  const VhBus *on = vh_topology_get_bus (topology, bus);
  const VhFitNeed need = vh_fit_new_need (topology, devices[device].wants, is_live);
  if ((is_live ? devices[device].live : devices[device].cold) ||
      (is_live && !vh_bus_takes_live_attach (on)))
    return FALSE;
  return (need.on & VH_FIT_ON (on->model)) != 0;
}

#define FROM_9_0_TO_11_3                                                                           \
  N_ ("libvirt 9.0 and libvirt 11.3 answer differently; connect to the libvirt that runs the do"   \
      "main (-c URI), unless it is one in between: none of those was asked.")
#define FROM_11_3_TO_12_8                                                                          \
  N_ ("libvirt 11.3 and libvirt 12.8 answer differently; connect to the libvirt that runs the do"  \
      "main (-c URI), unless it is one in between: none of those was asked.")

/* In these words from some release after 7.0 on. */
#define NO_NVME "XML error: Invalid value for attribute 'type' in element 'controller': 'nvme'."

/* What a later libvirt answers instead of the refusal of its row, in the order of the releases that
 * tests/libvirt/test_fit.c asked. */
static const struct {
  VhFitDevice device;
  gboolean is_live;
  VhVersion last_old, first_new;
  const char *refusal; /* of the later one; NULL: it takes it */
  const char *unknown; /* said of what is in between; NULL: but for the words all are the same */
} changed[] = {
  { VH_FIT_VIRTIO_SERIAL, TRUE, VH_VERSION (9, 0, 999), VH_VERSION (11, 3, 0), NULL,
    FROM_9_0_TO_11_3 },
  { VH_FIT_NVME, TRUE, VH_VERSION (7, 0, 999), VH_VERSION (9, 0, 0), NO_NVME, NULL },
  { VH_FIT_NVME, FALSE, VH_VERSION (7, 0, 999), VH_VERSION (9, 0, 0), NO_NVME, NULL },
  { VH_FIT_NVME, TRUE, VH_VERSION (11, 3, 999), VH_VERSION (12, 8, 0),
    "Operation not supported: 'nvme' controller cannot be hot plugged.", FROM_11_3_TO_12_8 },
  { VH_FIT_NVME, FALSE, VH_VERSION (11, 3, 999), VH_VERSION (12, 8, 0), NULL, FROM_11_3_TO_12_8 },
};
#undef NO_NVME

/* ---- what cannot be answered ---- */

static const char *
explain_machine (const VhTopology *topology)
{
  if (!vh_qom_runs (topology))
    return _ ("The domain is not run by QEMU, and only the addresses that libvirt gives there are "
              "known.");
  switch (topology->machine->chipset)
    {
    case VH_CHIPSET_I440FX:
    case VH_CHIPSET_Q35:
    case VH_CHIPSET_VIRT:
    case VH_CHIPSET_PSERIES:
      return NULL;
    case VH_CHIPSET_S390_CCW:
      return _ ("On this machine libvirt gives devices a CCW address, not one on PCI.");
    case VH_CHIPSET_MICROVM:
    case VH_CHIPSET_OTHER:
    default:
      return _ ("How libvirt gives out PCI addresses on this machine is not known.");
    }
}

/* libvirt completes a domain when it is defined: then the slots are another matter. */
static gboolean
is_complete (const VhTopology *topology)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      if (bus->index != (gint32) i ||
          (i > 0 && bus->parent < 0 && !bus->at.present && bus->model != VH_BUS_PCI_ROOT))
        return FALSE;
    }
  guint n = vh_topology_get_n_devices (topology);
  return n == 0 || vh_topology_get_device (topology, n - 1)->at.present;
}

static const char *
explain_damage (const VhTopology *topology)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      if ((bus->marks & ~(guint) (VH_BUS_IMPLIED | VH_BUS_BAD_SWITCH)) ||
          bus->model == VH_BUS_UNKNOWN)
        return _ ("The PCI controllers of this domain are not in order; see its findings first.");
    }
  if (!is_complete (topology))
    return _ (
        "Controllers or devices have no PCI address yet, and libvirt gives them theirs first; "
        "define the domain and ask again.");
  return NULL;
}

/* ---- the answers ---- */

static void
answer_unknown (VhFitAnswer *answer, const char *reason)
{
  answer->fits = VH_KNOWN_UNKNOWN;
  answer->error = g_strdup (reason);
}

static void
answer_refused (VhFitAnswer *answer, const char *error)
{
  answer->fits = VH_KNOWN_NO;
  answer->error = g_strdup (error);
}

/* src/conf/domain_addr.c, virDomainPCIAddressEnsureAddr: no controller is added. */
static void
answer_live (const VhReading *reading, VhFitWants wants, VhFitAnswer *answer)
{
  g_autoptr (GArray) set = vh_fit_set_new (reading->topology);
  const VhFitNeed need = vh_fit_new_need (reading->topology, wants, TRUE);
  VhFitSpot spot;
  if (!vh_fit_set_take (set, &need, &spot))
    {
      answer_refused (answer, "internal error: No more available PCI slots");
      return;
    }
  guint position = (guint) spot.position;
  answer->fits = vh_fit_qemu_takes (reading, position, &answer->error);
  answer->bus = spot.position;
  answer->slot = (gint32) spot.slot;
  answer->mechanism = answer->fits == VH_KNOWN_NO ? VH_MECHANISM_NONE
                                                  : vh_modes_get (reading->modes, position)->live;
  if (answer->fits == VH_KNOWN_UNKNOWN)
    answer->error =
        g_strdup_printf (_ ("libvirt chooses bus %1$d, slot %2$u; whether QEMU takes it there "
                            "is not known."),
                         answer->bus, spot.slot);
}

static VhFitAnswer
make_answer (void)
{
  return (VhFitAnswer){ .bus = -1,
                        .slot = -1,
                        .mechanism = VH_MECHANISM_UNKNOWN,
                        .added = g_array_new (FALSE, FALSE, sizeof (VhFitAdded)) };
}

/* What libvirt refuses of itself; `unknown` is set when that depends on its release. */
static const char *
find_refusal (const VhReading *reading, VhFitDevice device, gboolean is_live, const char **unknown)
{
  const VhVersion libvirt = reading->inputs->libvirt;
  const char *refusal = is_live ? devices[device].live : devices[device].cold;
  *unknown = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    {
      if (changed[i].device != device || changed[i].is_live != is_live ||
          (libvirt && libvirt <= changed[i].last_old))
        continue;
      refusal = changed[i].refusal;
      *unknown =
          libvirt < changed[i].first_new && changed[i].unknown ? _ (changed[i].unknown) : NULL;
    }
  return refusal;
}

/* FALSE when it cannot be known; the answer says why. */
static gboolean
may_answer (const VhReading *reading, const char *refusal, const char *unknown, VhFitAnswer *answer)
{
  const char *reason = explain_machine (reading->topology);
  if (!reason)
    reason = explain_damage (reading->topology);
  if (!reason)
    reason = unknown;
  if (reason)
    answer_unknown (answer, reason);
  else if (refusal)
    answer_refused (answer, refusal);
  return !reason && !refusal;
}

VhFit *
vh_fit_new (const VhReading *running, const VhReading *defined, VhFitDevice device)
{
  VhFit *fit = g_new0 (VhFit, 1);
  g_assert (device < VH_N_FIT_DEVICES);
  fit->device = device;
  fit->live = make_answer ();
  fit->cold = make_answer ();
  const char *unknown;
  const char *refusal = find_refusal (running, device, TRUE, &unknown);
  if (may_answer (running, refusal, unknown, &fit->live))
    answer_live (running, devices[device].wants, &fit->live);
  refusal = find_refusal (defined, device, FALSE, &unknown);
  if (may_answer (defined, refusal, unknown, &fit->cold))
    vh_fit_answer_cold (defined, devices[device].wants, &fit->cold);
  fit->live.advice = vh_fit_advise_live (running, device, &fit->live);
  fit->cold.advice = vh_fit_advise_cold (device, &fit->cold);
  return fit;
}

static void
clear_answer (VhFitAnswer *answer)
{
  g_free (answer->error);
  g_free (answer->advice);
  g_array_unref (answer->added);
}

void
vh_fit_free (VhFit *fit)
{
  if (!fit)
    return;
  clear_answer (&fit->live);
  clear_answer (&fit->cold);
  g_free (fit);
}

VhKnown
vh_fit_works (const VhFit *fit)
{
  if (fit->live.fits != VH_KNOWN_YES || fit->live.mechanism == VH_MECHANISM_UNKNOWN)
    return fit->live.fits == VH_KNOWN_NO ? VH_KNOWN_NO : VH_KNOWN_UNKNOWN;
  return fit->live.mechanism == VH_MECHANISM_NONE ? VH_KNOWN_NO : VH_KNOWN_YES;
}

gboolean
vh_fit_is_cured_by_ports (const VhFit *fit)
{
  return fit->live.fits == VH_KNOWN_NO && fit->live.bus < 0 && !devices[fit->device].live &&
         devices[fit->device].wants == VH_FIT_WANTS_EXPRESS;
}

static char *
describe_place (gint32 bus, gint32 slot, VhMechanism mechanism)
{
  switch (mechanism)
    {
    case VH_MECHANISM_ACPI:
      return g_strdup_printf (_ ("bus %1$d, slot %2$d, by ACPI hotplug"), bus, slot);
    case VH_MECHANISM_NATIVE:
      return g_strdup_printf (_ ("bus %1$d, slot %2$d, by native PCIe hotplug"), bus, slot);
    case VH_MECHANISM_SHPC:
      return g_strdup_printf (_ ("bus %1$d, slot %2$d, by SHPC"), bus, slot);
    case VH_MECHANISM_PAPR:
      return g_strdup_printf (_ ("bus %1$d, slot %2$d, by DLPAR"), bus, slot);
    case VH_MECHANISM_SCLP:
      return g_strdup_printf (_ ("bus %1$d, slot %2$d, by events of SCLP"), bus, slot);
    case VH_MECHANISM_NONE:
      return g_strdup_printf (_ ("bus %1$d, slot %2$d, but the guest never sees it"), bus, slot);
    case VH_MECHANISM_UNKNOWN:
    default:
      return g_strdup_printf (_ ("bus %1$d, slot %2$d"), bus, slot);
    }
}

char *
vh_fit_describe (const VhFitAnswer *answer)
{
  if (answer->fits == VH_KNOWN_UNKNOWN)
    return g_strdup_printf (_ ("not known: %s"), answer->error);
  if (answer->fits == VH_KNOWN_NO)
    return g_strdup_printf (_ ("does not fit: %s"), answer->error);
  return describe_place (answer->bus, answer->slot, answer->mechanism);
}
