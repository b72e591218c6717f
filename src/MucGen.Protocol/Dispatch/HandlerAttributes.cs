namespace MucGen.Protocol;

/// <summary>
/// Marks the static method that answers an iq of this type with this payload: <c>void Change(RoomTurn turn, MucAdminQueryView query)</c>. The first
/// parameter is the context, the second the payload's view. A method that returns <see langword="false"/> leaves the request unanswered, as if
/// it were not there.
/// </summary>
/// <param name="type"><see cref="IqType.Get"/> or <see cref="IqType.Set"/>; answers go to whoever asked and are not dispatched.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class OnIqAttribute(IqType type) : Attribute
{
    /// <summary>The type of the request.</summary>
    public IqType Type { get; } = type;
}

/// <summary>
/// Marks a static method that looks at messages with this payload, and returns whether it has dealt with the message:
/// <c>bool Invite(RoomTurn turn, MucUserView x)</c>. Payloads are tried in the order in which the message has them. A room asks about messages to the room itself;
/// those of type groupchat, and those to an occupant, are relayed (XEP-0045 7.4, 7.5).
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnMessageAttribute : Attribute
{
    /// <summary>The place among the methods for the same payload, lower first; needed where there are several.</summary>
    public int Order { get; init; }
}

/// <summary>
/// Marks a static method that looks at presence with this payload, and returns whether it has dealt with the presence:
/// <c>bool Join(RoomTurn turn, MucJoinView x)</c>. Payloads are tried in the order in which the presence has them.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnPresenceAttribute : Attribute
{
    /// <summary>The place among the methods for the same payload, lower first; needed where there are several.</summary>
    public int Order { get; init; }
}

/// <summary>Marks a class derived from <see cref="StanzaTurn"/> as a context: the first parameter of handlers.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DispatchContextAttribute : Attribute;
