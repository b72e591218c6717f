using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>
/// The commands of one context: they are discovered and run by this list alone, so what is listed is what can be run (XEP-0050 2.2, 2.4).
/// </summary>
/// <typeparam name="TTurn">The context.</typeparam>
public sealed class CommandList<TTurn>
    where TTurn : StanzaTurn, ICommandTurn
{
    private const string Node = CommandView.Namespace;

    private readonly Command<TTurn>[] commands;
    private readonly Dictionary<string, Command<TTurn>> byNode;

    /// <summary>A list in the order in which it is shown.</summary>
    /// <exception cref="ArgumentException">Two commands have the same node.</exception>
    public CommandList(params Command<TTurn>[] commands)
    {
        this.commands = commands;
        byNode = commands.ToDictionary(command => command.Node, StringComparer.Ordinal);
    }

    /// <summary>The commands, in the order in which they are listed.</summary>
    public IReadOnlyList<Command<TTurn>> All => commands;

    /// <summary>Answers disco#info about the list or one command (2.2, 2.3); false when the node is neither.</summary>
    public bool Describe(TTurn turn, DiscoInfoQueryView query)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var node = query.Node.ToString();
        if (node == Node)
            turn.Answer(Description(node, "command-list"u8.ToArray(), "Commands"));
        else if (!byNode.TryGetValue(node, out var command))
            return false;
        else if (!command.IsFor(turn))
            turn.Answer(Forbidden);
        else
            turn.Answer(Description(node, "command-node"u8.ToArray(), command.Name));
        return true;
    }

    /// <summary>Answers disco#items about the list (what the requester may run) or about one command (nothing); false when the node is neither.</summary>
    public bool List(TTurn turn, DiscoItemsQueryView query)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var node = query.Node.ToString();
        if (node != Node && !byNode.ContainsKey(node))
            return false;
        turn.Answer(IqAnswer.Result((ref writer) =>
        {
            var items = DiscoItemsQueryWriter.Start(ref writer, node);
            if (node == Node)
            {
                foreach (var command in commands.Where(command => command.IsFor(turn)))
                    items.Item(jid: turn.CommandAddress, name: command.Name, node: command.Node);
            }

            items.End();
        }));
        return true;
    }

    /// <summary>Takes one stage of a command.</summary>
    public void Execute(TTurn turn, CommandView request)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var action = CommandAction.Execute;
        if (!byNode.TryGetValue(request.Node.ToString(), out var command))
            turn.Answer(NoSuchCommand);
        else if (!command.IsFor(turn))
            turn.Answer(Forbidden);
        else if (request.Action.IsPresent && !CommandActionNames.TryParse(request.Action, out action))
            turn.Answer(MalformedAction);
        else if (request.SessionId.IsPresent)
            Continue(turn, command, request, action);
        else if (action == CommandAction.Execute)
            Begin(turn, command, request);
        else
            turn.Answer(BadAction);
    }

    /// <summary>Answers a stage whose command said <see cref="CommandOutcome.InALaterTurn"/>.</summary>
    /// <param name="turn">The later turn.</param>
    /// <param name="request">The stage that was taken.</param>
    /// <param name="outcome">What it came to.</param>
    public void Answer(TTurn turn, CommandView request, CommandOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(turn);
        turn.Answer(Outcome(turn, byNode[request.Node.ToString()], request.SessionId.ToString(), outcome));
    }

    private static void Begin(TTurn turn, Command<TTurn> command, CommandView request)
    {
        var sessionId = CommandSession.Begin(turn, turn.From, command.Node);
        if (command.TakesFormAtOnce && request.Form is { IsPresent: true, Type: FormType.Submit })
            Finish(turn, command, sessionId, command.Run(turn, request.Form));
        else if (command.Form(turn) is { } form)
            turn.Answer(Asking(command.Node, sessionId, form));
        else
            Finish(turn, command, sessionId, command.Run(turn, default));
    }

    // 3.4, 4.4: there is one form, so there is no stage before it and none after it but the end.
    private static void Continue(TTurn turn, Command<TTurn> command, CommandView request, CommandAction action)
    {
        var sessionId = request.SessionId.ToString();
        if (!CommandSession.IsOurs(turn, turn.From, command.Node, sessionId) || turn.HasEnded(sessionId))
            turn.Answer(BadSession);
        else if (CommandSession.IsExpired(sessionId, turn.Now))
            turn.Answer(SessionExpired);
        else if (action is CommandAction.Prev or CommandAction.Next)
            turn.Answer(BadAction);
        else if (action == CommandAction.Cancel || request.Form is { IsPresent: true, Type: FormType.Cancel })
            Cancel(turn, command, sessionId);
        else if (request.Form is not { IsPresent: true, Type: FormType.Submit })
            turn.Answer(NoForm);
        else
            Finish(turn, command, sessionId, command.Run(turn, request.Form));
    }

    private static void Cancel(TTurn turn, Command<TTurn> command, string sessionId)
    {
        turn.End(sessionId);
        turn.Answer(IqAnswer.Result((ref writer) =>
            CommandWriter.Start(ref writer, command.Node, sessionId: sessionId, status: CommandStatus.Canceled).End()));
    }

    private static void Finish(TTurn turn, Command<TTurn> command, string sessionId, CommandOutcome outcome)
    {
        if (outcome is CommandOutcome.Awaited)
            return;
        if (outcome is CommandOutcome.Pending pending)
            turn.AnswerLater(async () => Outcome(turn, command, sessionId, await pending.Work()));
        else
            turn.Answer(Outcome(turn, command, sessionId, outcome));
    }

    private static IqAnswer Outcome(TTurn turn, Command<TTurn> command, string sessionId, CommandOutcome outcome)
    {
        if (outcome is CommandOutcome.Failed failed)
            return failed.Error;
        var completed = (CommandOutcome.Completed)outcome;
        turn.End(sessionId);
        return IqAnswer.Result((ref writer) =>
        {
            var answer = CommandWriter.Start(ref writer, command.Node, sessionId: sessionId, status: CommandStatus.Completed);
            completed.Result?.Invoke(ref writer);
            if (completed.Note is not null)
                answer.Note(CommandNoteType.Info, completed.Note);
            answer.End();
        });
    }

    private static IqAnswer Asking(string node, string sessionId, StanzaContent form) => IqAnswer.Result((ref writer) =>
    {
        var answer = CommandWriter.Start(ref writer, node, sessionId: sessionId, status: CommandStatus.Executing);
        var actions = answer.StartActions(CommandAction.Complete);
        actions.Complete();
        actions.End();
        form(ref writer);
        answer.End();
    });

    private static IqAnswer Description(string node, byte[] type, string name) => IqAnswer.Result((ref writer) =>
    {
        var info = DiscoInfoQueryWriter.Start(ref writer, node);
        info.Identity(category: "automation", type: type, name: name);
        info.Feature(Node);
        info.Feature(DataFormView.Namespace);
        info.End();
    });

    private static readonly IqAnswer NoSuchCommand = IqAnswer.Error(StanzaErrorCondition.ItemNotFound, "There is no such command.");
    private static readonly IqAnswer Forbidden = IqAnswer.Error(StanzaErrorCondition.Forbidden, "This command is not for you.");

    private static readonly IqAnswer MalformedAction = IqAnswer.Error(
        StanzaErrorCondition.BadRequest, "There is no such action.", detail: CommandMalformedActionWriter.Write);

    private static readonly IqAnswer BadAction = IqAnswer.Error(
        StanzaErrorCondition.BadRequest, "This action is not possible now.", detail: CommandBadActionWriter.Write);

    private static readonly IqAnswer BadSession = IqAnswer.Error(
        StanzaErrorCondition.BadRequest, "You have no such session of this command.", detail: CommandBadSessionIdWriter.Write);

    private static readonly IqAnswer SessionExpired = IqAnswer.Error(
        StanzaErrorCondition.NotAllowed, "The session has expired; begin anew.", detail: CommandSessionExpiredWriter.Write);

    private static readonly IqAnswer NoForm = IqAnswer.Error(
        StanzaErrorCondition.BadRequest, "The command's form is expected.", detail: CommandBadPayloadWriter.Write);
}
