using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Rooms.Service;
using MucGen.Server.Cli;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>A command of the MUC service for the service's admins: what the command line does with rooms, over XMPP.</summary>
/// <param name="action">What distinguishes its node.</param>
/// <param name="name">Its name for people, and the title of its form.</param>
/// <param name="admins">Who may.</param>
/// <param name="log">Where each run leaves a trace.</param>
internal abstract class RoomAdminCommand(string action, string name, AdminSet admins, ILogger<AdminServices> log)
    : Command<ServiceTurn>($"{RoomAdminFormView.Name}#{action}", name)
{
    /// <inheritdoc/>
    public override bool IsFor(ServiceTurn turn) => admins.Contains(turn.From.Bare);

    /// <inheritdoc/>
    public sealed override CommandOutcome Run(ServiceTurn turn, DataFormView form)
    {
        RoomAdminFormView fields = default;
        if (form.IsPresent && !RoomAdminFormView.TryRead(form, out fields, out var error))
            return CommandOutcome.BadPayload(error);
        var concerned = fields.IsPresent ? fields.Room.Text.ToString() : "all rooms";
        log.Running(turn.From, Name, concerned);
        return Run(turn, fields);
    }

    /// <summary>Runs it with the submitted form; absent when it has none.</summary>
    protected abstract CommandOutcome Run(ServiceTurn turn, RoomAdminFormView fields);

    /// <summary>The room that a form is about; null when it names none of this service.</summary>
    protected static Jid? ReadRoom(ServiceTurn turn, RoomAdminFormView fields) =>
        fields.Room.IsPresent && fields.Room.ToJid() is { Local: not null, IsBare: true } room && room.Domain == turn.Policy.Address.Domain ? room : null;

    /// <summary>The refusal of a form without a room of this service.</summary>
    protected static CommandOutcome NoRoom { get; } = CommandOutcome.BadPayload("The address of a room of this service is needed.");

    /// <summary>The refusal about a room that is not there.</summary>
    protected static CommandOutcome NoSuchRoom { get; } = CommandOutcome.Refused(StanzaErrorCondition.ItemNotFound, "There is no such room.");
}

/// <summary>Lists every room, hidden ones and those on disk too.</summary>
internal sealed class ListRooms(Lazy<IRoomAdministration> rooms, AdminSet admins, ILogger<AdminServices> log)
    : RoomAdminCommand("list", "List all rooms", admins, log)
{
    /// <inheritdoc/>
    protected override CommandOutcome Run(ServiceTurn turn, RoomAdminFormView fields) => CommandOutcome.Later(async () =>
    {
        var all = await rooms.Value.ListAsync(CancellationToken.None);
        return CommandOutcome.Done(result: (ref writer) =>
        {
            var form = RoomAdminFormWriter.Start(ref writer, FormType.Result);
            form.Rooms(all.Select(room => room.Address));
            form.End();
        });
    });
}

/// <summary>Shows one room: its configuration, its lists, and who is in it.</summary>
internal sealed class ShowRoom(Lazy<IRoomAdministration> rooms, AdminSet admins, ILogger<AdminServices> log)
    : RoomAdminCommand("show", "Show a room", admins, log)
{
    /// <inheritdoc/>
    public override StanzaContent Form(ServiceTurn turn) => (ref writer) =>
    {
        var form = RoomAdminFormWriter.Start(ref writer, FormType.Form, title: Name);
        form.Room(required: true);
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(ServiceTurn turn, RoomAdminFormView fields)
    {
        if (ReadRoom(turn, fields) is not { } room)
            return NoRoom;
        return CommandOutcome.Later(async () =>
        {
            if (await rooms.Value.ShowAsync(room, CancellationToken.None) is not { } lines)
                return NoSuchRoom;
            return CommandOutcome.Done(result: (ref writer) =>
            {
                var form = RoomAdminFormWriter.Start(ref writer, FormType.Result);
                form.Room(room);
                form.Description(lines);
                form.End();
            });
        });
    }
}

/// <summary>Destroys a room and tells those in it where to go.</summary>
internal sealed class DestroyRoom(Lazy<IRoomAdministration> rooms, AdminSet admins, ILogger<AdminServices> log)
    : RoomAdminCommand("destroy", "Destroy a room", admins, log)
{
    /// <inheritdoc/>
    public override StanzaContent Form(ServiceTurn turn) => (ref writer) =>
    {
        var form = RoomAdminFormWriter.Start(ref writer, FormType.Form, title: Name);
        form.Room(required: true);
        form.Reason();
        form.Alternate();
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(ServiceTurn turn, RoomAdminFormView fields)
    {
        if (ReadRoom(turn, fields) is not { } room)
            return NoRoom;
        var reason = fields.Reason.ToStringOrNull();
        var alternate = fields.Alternate.IsPresent ? fields.Alternate.ToJid() : null;
        return CommandOutcome.Later(async () => await rooms.Value.DestroyAsync(room, reason, alternate, CancellationToken.None)
            ? CommandOutcome.Done($"Destroyed {room}.")
            : NoSuchRoom);
    }
}
