using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>Says who the service's admins are (XEP-0133 4.29). Those of the configuration are the operator's word and stay.</summary>
public sealed class EditAdmins() : AdminCommand("edit-admin", "Edit the list of admins")
{
    /// <inheritdoc/>
    public override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var admins = turn.Services.Administration.Value.Admins;
        var form = StartForm(ref writer);
        form.AdminJids(admins.OrderBy(admin => admin.ToString(), StringComparer.Ordinal), required: true);
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        var admins = new HashSet<Jid>();
        foreach (var jid in fields.AdminJids)
        {
            if (jid.ToJid() is not { Local: not null, IsBare: true } admin)
                return CommandOutcome.BadPayload("An admin is named by an address of the form name@domain.");
            admins.Add(admin);
        }

        if (!services.Admins.Configured.IsSubsetOf(admins))
            return CommandOutcome.Refused(StanzaErrorCondition.NotAllowed, "Admins that the configuration names stay admins.");
        return CommandOutcome.Later(async () =>
        {
            await services.Admins.SetAsync(admins);
            return CommandOutcome.Done("The list of admins is changed.");
        });
    }
}
